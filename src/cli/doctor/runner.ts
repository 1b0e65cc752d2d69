import { fine, warning, type Finding } from './finding.ts'

export const checkRunner = (running: boolean): Finding[] => [
  running ? fine('runner.ok') : warning('runner.warning', 'runner.todo'),
]
