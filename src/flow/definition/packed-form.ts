/** A YAML file as JSON, with the line of everything. */
export type Packed = readonly [line: number, value: PackedValue]
type PackedValue =
  | string
  | number
  | boolean
  | null
  | { readonly list: readonly Packed[] }
  | { readonly map: readonly (readonly [key: string, value: Packed])[] }
