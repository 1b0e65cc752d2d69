/** Things done in one turn (notes said, instances opened, answers taken back); more is a flow gone wild. */
export const MAX_STEPS_PER_TURN = 100
/** UTF-16 units of a message that are read as an answer. */
export const MAX_TEXT = 4_000
/** Instances of one repeat. */
export const MAX_INSTANCES = 100
/** Candidates that are offered to choose from. */
export const MAX_OFFERED = 30
