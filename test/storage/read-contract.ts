import type { Subject } from './contract.ts'
export function readContract(_: Subject): void {}
