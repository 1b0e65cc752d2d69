import { warning, type Finding, type Stored } from './finding.ts'

export const checkDemo = async ({ reads }: Stored): Promise<Finding[]> =>
  (await reads.imports.contents()).demo ? [warning('demo.warning', 'demo.todo')] : []
