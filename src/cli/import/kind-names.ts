/** What can be imported. Apart from what each kind needs, which is much, and read by every command line. */
export const IMPORT_KINDS = ['territories', 'staff', 'groups', 'households', 'members', 'courses'] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]
