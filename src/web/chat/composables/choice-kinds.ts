import type { ChatChoice } from '../../../http/contract.ts'

/** They stand behind a question's own choices and answer no question. */
const ACTIONS: readonly string[] = ['submit', 'skip', 'back', 'help', 'human']

export const isAction = ({ id }: ChatChoice): boolean => ACTIONS.includes(id)

/** A reminder's button, which stays good after later messages. */
export const isStanding = ({ id }: ChatChoice): boolean => id.startsWith('ack:')

/** The rest of a long list, which the bot gives when it is asked for. */
export const isRest = ({ id }: ChatChoice): boolean => id === 'more'
