/** The lists of words that columns hold. What people call them is `locales/<language>/imports.json`, `values.<list>`. */
import { normalForm } from './normal-form.ts'

export const LISTS = {
  level: [
    'province',
    'prefecture',
    'county',
    'township',
    'village',
    'resettlement_site',
    'hamlet',
    'grid',
    'ten_household_unit',
    'building',
  ],
  role: [
    'grid_worker',
    'ten_household_head',
    'village_staff',
    'resident_team',
    'first_secretary',
    'responsible_helper',
    'site_manager',
    'proxy',
    'water_keeper',
    'township_reviewer',
    'county_officer',
    'department_officer',
    // Of one department: the keys of `departments` in flows/policy/case-stages.yaml, and civil affairs.
    'department_officer:medical',
    'department_officer:disability',
    'department_officer:education',
    'department_officer:emergency',
    'department_officer:jobs',
    'department_officer:agriculture',
    'department_officer:housing',
    'department_officer:water',
    'department_officer:civil_affairs',
    'supervisor',
    'exporter',
    'system_admin',
  ],
  purpose: ['village', 'township', 'county', 'jobs'],
  audience: ['staff', 'public'],
  status: [
    'lifted_out_household',
    'monitored_household',
    'dibao_recipient',
    'dibao_marginal',
    'tekun_home',
    'tekun_recipient',
    'disability_household',
    'relocated',
    'low_income',
    'ordinary_household',
  ],
  monitored_type: ['unstable_lifted', 'borderline', 'sudden_hardship'],
  labour_capacity: ['able', 'weak', 'none'],
  housing_grade: ['A', 'B', 'C', 'D'],
  water_source: ['tap', 'well', 'spring', 'cistern', 'carried'],
  sex: ['male', 'female'],
  health: ['healthy', 'chronic', 'serious', 'disabled'],
  care_flag: ['left_behind_elder', 'left_behind_child', 'de_facto_unattended_child', 'living_alone'],
  relation: ['head', 'spouse', 'child', 'child_in_law', 'parent', 'grandchild', 'grandparent', 'sibling', 'other'],
  work_status: ['in_work', 'work_away', 'farming', 'public_post', 'none', 'student', 'retired', 'unable'],
  trade: [
    'farm',
    'raise',
    'weave_embroider',
    'cook',
    'domestic',
    'carer',
    'build',
    'factory',
    'drive',
    'shop_online',
    'guide',
    'security_clean',
    'none',
  ],
  zone: ['demonstration', 'key-assistance', 'consolidation-1', 'consolidation-2'],
  class: ['leading-demonstration', 'key-advancement', 'foundation-consolidation'],
} as const satisfies Record<string, readonly string[]>

export type ListName = keyof typeof LISTS

/** List → what people write, in normal form → name. */
export type Vocabulary = ReadonlyMap<ListName, ReadonlyMap<string, string>>

/**
 * @param titles list → name → what it is called, of every language.
 * @param moreRoles of departments that a county has added
 * Names themselves are always understood.
 */
export function vocabularyOf(
  titles: Iterable<readonly [list: string, name: string, title: string]>,
  moreRoles: readonly string[] = [],
): Vocabulary {
  const lists = new Map<ListName, Map<string, string>>()
  for (const [list, names] of Object.entries(LISTS)) {
    lists.set(list as ListName, new Map(names.map((name) => [normalForm(name), name])))
  }
  for (const role of moreRoles) lists.get('role')?.set(normalForm(role), role)
  for (const [list, name, title] of titles) {
    const known = lists.get(list as ListName)
    if (known && !known.has(normalForm(title))) known.set(normalForm(title), name)
  }
  return lists
}

/** Every name of a list, those that a county has added last. */
export const namesIn = (vocabulary: Vocabulary, list: ListName): readonly string[] => [
  ...new Set(vocabulary.get(list)?.values() ?? LISTS[list]),
]
