/**
 * What the platform's codes mean for a message (channels.md §2 and the platform's table of global return codes). HTTP is 200
 * throughout, and the words beside a code end in a request's id: only the code counts.
 */

export type Refusal =
  /** The token isn't accepted (any more): a fresh one, once. */
  | 'token'
  /** A secret, the list of addresses, a right, a template: somebody has to mend it on the platform. */
  | 'operator'
  /** What may be sent without being asked is used up, or its time is over. */
  | 'spent'
  /** The person follows no more, or takes no messages: until they come back. */
  | 'gone'
  /** Never: no such person, put on the blacklist, or content that is refused. */
  | 'never'
  /** Too long for one message. */
  | 'split'
  /** The day's calls are used up. */
  | 'tomorrow'
  /** The minute's calls are used up. */
  | 'minute'
  /** Busy. */
  | 'busy'
  /** Nobody wrote it down: tried again, until the outbox gives up. */
  | 'unheard'

const TABLE: readonly (readonly [Refusal, readonly number[]])[] = [
  ['token', [40001, 40014, 41001, 42001]],
  [
    'operator',
    [
      // appid and secret; addresses
      40002, 40013, 40125, 40164, 40243, 41002, 41004, 61004, 89501, 89503, 89506, 89507,
      // rights and bans of the account
      48001, 48003, 48004, 50001, 50002, 50004, 50007,
      // the template
      40036, 40037, 43116, 47003,
      // a request that only this program can have got wrong
      40008, 41006, 43001, 43002, 43003, 44002, 47001,
    ],
  ],
  ['spent', [45015, 45047]],
  ['gone', [43004, 43101, 48002, 50005]],
  ['never', [40003, 40007, 40130, 43019, 44004, 45157, 45166, 87014]],
  ['split', [45002]],
  ['tomorrow', [45009]],
  ['minute', [45011]],
  ['busy', [-1, 61450, 65400]],
]

export const REFUSALS: ReadonlyMap<number, Refusal> = new Map(
  TABLE.flatMap(([refusal, codes]) => codes.map((code) => [code, refusal] as const)),
)

export const refusalOf = (code: number): Refusal => REFUSALS.get(code) ?? 'unheard'

/** From where tokens are given out a refused token means a wrong secret. */
export function tokenRefusalOf(code: number): 'operator' | 'tomorrow' | 'minute' | 'busy' {
  switch (refusalOf(code)) {
    case 'tomorrow':
      return 'tomorrow'
    case 'minute':
      return 'minute'
    case 'busy':
    case 'unheard':
      return 'busy'
    case 'token':
    case 'operator':
    case 'spent':
    case 'gone':
    case 'never':
    case 'split':
      return 'operator'
  }
}

/** For the operator: the channel's name and the code, nothing else. */
export const reasonOf = (code: number): string => `wechat:${code}`
