import type { AnswerType } from '../answers/understanding.ts'

export type RowType =
  | {
      readonly kind: 'ask'
      readonly type: AnswerType
      readonly list: string | null
      readonly level: string | null
      readonly orOther: boolean
    }
  | { readonly kind: 'note' | 'calculate' | 'hidden' | 'group' | 'repeat' | 'end_group' | 'end_repeat' }
  | { readonly kind: 'start' | 'end' | 'today' | 'session' }

/** Spellings that pyxform takes for the same. */
const ALIASES: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'integer',
  datetime: 'dateTime',
  photo: 'image',
  picture: 'image',
  trigger: 'acknowledge',
  location: 'geopoint',
  gps: 'geopoint',
  barcode: 'text',
  'begin group': 'begin_group',
  'end group': 'end_group',
  'begin repeat': 'begin_repeat',
  'end repeat': 'end_repeat',
  lgroup: 'begin_repeat',
  'looped group': 'begin_repeat',
  calculation: 'calculate',
}

const SIMPLE = new Set<string>([
  'text',
  'integer',
  'decimal',
  'range',
  'acknowledge',
  'date',
  'time',
  'dateTime',
  'geopoint',
  'phone',
  'id_number',
  'household',
  'staff',
  'course',
  'posting',
  'matter',
  'image',
  'audio',
  'video',
  'file',
] satisfies AnswerType[])

const OTHER = {
  note: 'note',
  calculate: 'calculate',
  hidden: 'hidden',
  begin_group: 'group',
  begin_repeat: 'repeat',
  end_group: 'end_group',
  end_repeat: 'end_repeat',
  start: 'start',
  end: 'end',
  today: 'today',
  deviceid: 'session',
  username: 'session',
  phonenumber: 'session',
  email: 'session',
} as const

/** Types of XLSForm that a conversation cannot carry. */
const REFUSED = new Set(
  (
    'geotrace geoshape background-audio audit osm xml-external csv-external select_one_external cascading_select ' +
    'background-geopoint start-geopoint select_one_from_file select_multiple_from_file'
  ).split(' '),
)

const SELECT =
  /^(select_one|select one|select1|select_multiple|select multiple|select all that apply|rank)(?: from)? (\S+)( or_other| or other)?$/

/** @returns the type, or why it is none. */
export function rowTypeOf(cell: string): RowType | 'unknown' | 'refused' {
  const text = cell.trim().replace(/\s+/g, ' ')
  const select = SELECT.exec(text)
  if (select) {
    const word = (select[1] as string).replace(' ', '_')
    const type =
      word === 'rank' ? 'rank' : word === 'select_one' || word === 'select1' ? 'select_one' : 'select_multiple'
    const picker = select[2] as string
    if (type === 'select_one' && (picker === 'course' || picker === 'posting' || picker === 'household'))
      return { kind: 'ask', type: picker, list: null, level: null, orOther: false }
    return { kind: 'ask', type, list: picker, level: null, orOther: select[3] !== undefined }
  }
  const territory = /^territory(?: (\S+))?$/.exec(text)
  if (territory) return { kind: 'ask', type: 'territory', list: null, level: territory[1] ?? null, orOther: false }
  const name = ALIASES[text] ?? text
  if (SIMPLE.has(name)) return { kind: 'ask', type: name as AnswerType, list: null, level: null, orOther: false }
  if (Object.hasOwn(OTHER, name)) return { kind: OTHER[name as keyof typeof OTHER] }
  return REFUSED.has(text.split(' ')[0] as string) ? 'refused' : 'unknown'
}
