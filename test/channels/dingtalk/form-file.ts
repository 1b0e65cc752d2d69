/** The one file of a form, by RFC 7578. */
export function formFile(body: Buffer, type: string): { name: string; bytes: Uint8Array } | null {
  const boundary = /boundary=(?:"([^"]+)"|([^;]+))/.exec(type)
  if (!boundary) return null
  const head = body.indexOf('\r\n\r\n')
  const end = body.indexOf(Buffer.from(`\r\n--${boundary[1] ?? boundary[2] ?? ''}`), head)
  const name = /name="media"; filename="([^"]*)"/.exec(body.subarray(0, Math.max(head, 0)).toString('utf8'))
  if (head < 0 || end < 0 || !name) return null
  return { name: name[1] as string, bytes: Uint8Array.from(body.subarray(head + 4, end)) }
}
