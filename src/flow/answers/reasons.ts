/** Message keys of `why` where the flow gave none. The sentences are in `locales/<language>/answers.json`. */
export const REASONS = {
  constraint: 'answers:why.constraint',
  negative: 'answers:why.negative',
  whole: 'answers:why.whole',
  tooBig: 'answers:why.too_big',
  bounds: 'answers:why.bounds',
  step: 'answers:why.step',
  day: 'answers:why.no_such_day',
  time: 'answers:why.no_such_time',
  phone: 'answers:why.phone',
  idLength: 'answers:why.id_length',
  idChecksum: 'answers:why.id_checksum',
  idBirth: 'answers:why.id_birth',
  wide: 'answers:why.which_place',
  place: 'answers:why.no_such_point',
  rank: 'answers:why.rank_all',
} as const
