import type { Subject } from './contract.ts'
export function reportContract(_: Subject): void {}
