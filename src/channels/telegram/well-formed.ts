/** Whether an update is of the types that the platform's documentation gives, in everything that is read of it. */
import type { Update } from 'grammy/types'
import { z } from 'zod'

/** Seconds: the end of the year 9999. */
const LAST_SECOND = 253_402_300_799

const words = z.string().optional()
const number = z.int()
const seconds = z.int().min(0).max(LAST_SECOND)
const bytes = z.number().optional()

const chat = z.looseObject({ id: number, type: z.string() })
const person = z.looseObject({
  id: number,
  is_bot: z.boolean().optional(),
  first_name: words,
  language_code: words,
})
const entities = z
  .array(
    z.looseObject({
      type: z.string(),
      offset: z.int().min(0),
      length: z.int().min(0),
      user: z.looseObject({ id: number }).optional(),
    }),
  )
  .optional()
const file = z.looseObject({ file_id: z.string(), file_name: words, mime_type: words, file_size: bytes }).optional()
const photo = z.array(z.looseObject({ file_id: z.string(), width: z.number(), height: z.number(), file_size: bytes }))
const location = z.looseObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })

const under = z.looseObject({
  chat,
  date: seconds,
  text: words,
  caption: words,
  entities,
  caption_entities: entities,
})

const message = under.extend({
  message_id: number,
  edit_date: seconds.optional(),
  from: person.optional(),
  photo: photo.optional(),
  voice: file,
  audio: file,
  video: file,
  video_note: file,
  animation: file,
  document: file,
  location: location.optional(),
  venue: z.looseObject({ location }).optional(),
  migrate_to_chat_id: number.optional(),
  migrate_from_chat_id: number.optional(),
})

const UPDATE = z.looseObject({
  update_id: number,
  message: message.optional(),
  edited_message: message.optional(),
  callback_query: z.looseObject({ id: z.string(), from: person, message: under.optional(), data: words }).optional(),
  my_chat_member: z
    .looseObject({ chat, new_chat_member: z.looseObject({ status: z.string(), is_member: z.boolean().optional() }) })
    .optional(),
})

export const isWellFormed = (update: Update): boolean => UPDATE.safeParse(update).success
