/** A list of choices longer than `longest` shows its first ones and how many more there are: what people choose most stands first. */
export const LONG_LIST = { longest: 8, first: 6 } as const
