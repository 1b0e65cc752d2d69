/** The questionnaire of all measurements: choice, number and text in turn, every question required. */
import { createHash } from 'node:crypto'

const CHOICES = ['yes', 'no', 'unsure', 'refused']
const WORDS = {
  choice: 'Has anybody in the house been ill this week? (yes/no/unsure/refused)',
  number: 'How many people slept here last night? (0-120)',
  text: 'Tell us in a few words what was seen, and where.',
}

export function questionsOf(length) {
  return Array.from({ length }, (_, place) => {
    const kind = ['choice', 'number', 'text'][place % 3]
    return { id: `q${place + 1}`, kind, text: `${place + 1}/${length} ${WORDS[kind]}` }
  })
}

export function answerTo(question, person, place) {
  if (question.kind === 'choice') return CHOICES[(person + place) % CHOICES.length]
  if (question.kind === 'number') return String((person * 7 + place) % 121)
  return `behind the old mill, person ${person} saw thing ${place}`
}

const ROWS = {
  choice: { type: 'select_one answer' },
  number: { type: 'integer', constraint: '. >= 0 and . <= 120' },
  text: { type: 'text', constraint: 'string-length(.) <= 200' },
}

/** The flow file of a list of questions, with its words in it (JSON is YAML). @returns a FlowSource of `src/flow/flow.ts` */
export function flowSourceOf(questions) {
  const yaml = JSON.stringify({
    flow: 'bench',
    title: 'Bench',
    submit: 'bench',
    triggers: ['/start'],
    review: false,
    choices: { answer: CHOICES.map((name) => ({ name, label: name })) },
    questions: questions.map(({ id, kind, text }) => ({ name: id, ...ROWS[kind], required: true, label: text })),
  })
  return { file: 'bench.yaml', yaml, digest: createHash('sha256').update(yaml).digest('hex') }
}
