/** What may reach a running flow. */

/** A stored file: its content hash and what its first bytes say it is. */
export interface MediaRef {
  /** sha256 of the bytes, hex. */
  readonly id: string
  readonly name: string
  readonly type: string
  readonly bytes: number
}

export type Input =
  | { readonly kind: 'text'; readonly text: string }
  /** A tap. `id` is a choice name (several blank-separated for select_multiple), or submit, skip, back, edit:<question>. */
  | { readonly kind: 'choice'; readonly id: string }
  | { readonly kind: 'voice'; readonly media: MediaRef; readonly transcript: string | null }
  | { readonly kind: 'media'; readonly what: 'image' | 'video' | 'file'; readonly media: MediaRef }
  | { readonly kind: 'location'; readonly latitude: number; readonly longitude: number }
  /** A sticker, a contact card: nothing that answers a question. */
  | { readonly kind: 'other' }
  /** Timers carry the revision they were armed for; a stale one does nothing. */
  | { readonly kind: 'nudge'; readonly revision: number }
  | { readonly kind: 'expire'; readonly revision: number }
