/** 听写 26112200012 家里断水三天了: one of the staff writes down what a recording says. */
import { seal, update } from '../../base/change.ts'
import { event } from '../../domain/cases/report.ts'
import type { Text } from '../../text/text.ts'
import type { Casework } from '../casework.ts'
import type { CommandHandler } from '../handlers.ts'
import { answered, matterForStaff } from './matter-for-staff.ts'
import { commandWords } from './typed.ts'

/** Characters: a minute of speech is a quarter of it. */
const LONGEST = 2_000

export function transcribeCommand(casework: Casework, text: Text): CommandHandler {
  const words = commandWords(text, 'files', ['transcribe'], 2 * LONGEST)
  return async ({ text: said, choice, group, speaker, at, ids }) => {
    const { staff } = speaker
    const typed = choice === null ? words.read(said) : null
    const [number] = typed?.numbers ?? []
    if (!staff || !typed) return null
    if (group) return answered('files:private')
    if (number === undefined || typed.rest === '') return answered('files:how')
    if ([...typed.rest].length > LONGEST) return answered('files:too_long', { most: LONGEST })
    const found = await matterForStaff(casework, number, staff)
    if (found.kind === 'refused') return found.answer
    const recordings = (await casework.media.filesOf(found.matter.id)).filter(({ kind }) => kind === 'voice')
    // The first that nobody has written down; a correction goes to the last.
    const link = recordings.find(({ transcript }) => transcript === null) ?? recordings.at(-1)
    if (!link) return answered('files:no_recording', { number })
    const left = recordings.filter(({ id, transcript }) => transcript === null && id !== link.id).length
    const set = { transcript: seal(typed.rest), transcribedBy: staff.id, transcribedAt: at }
    const actor = { kind: 'staff', id: staff.id } as const
    return answered(
      left > 0 ? 'files:written_more' : 'files:written',
      { number, count: left },
      {
        changes: [
          update('MediaLink', link.id, link.revision, set),
          event(ids, found.matter.id, at, actor, 'transcribed', seal(typed.rest)),
        ],
      },
    )
  }
}
