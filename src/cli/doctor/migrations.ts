import type { StorageLook } from '../../storage/look.ts'
import { fine, problem, type Finding } from './finding.ts'

export const checkMigrations = ({ pending }: StorageLook): Finding[] =>
  pending.length === 0
    ? [fine('migrations.ok')]
    : [problem('migrations.bad', 'migrations.todo', { count: pending.length })]
