/** What the pages and the program say to each other over HTTP: checks, types and the OpenAPI document come from here. */
import { z } from 'zod'

/** A page's token: 32 random bytes made by the browser, base64url. Stored only as its SHA-256. */
export const TOKEN = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

/** The last message a page has seen; messages sort by it. "" = from the beginning. */
export const SEQ = z.string().max(64).default('')

export const ChatChoice = z.object({ id: z.string(), label: z.string() })

/** The answers to be looked through before they are handed in; `before` is what was said ahead of them. */
export const ChatReview = z.object({
  before: z.string(),
  lines: z.array(z.object({ question: z.string(), label: z.string(), value: z.string() })),
})

export const ChatMessage = z.object({
  seq: z.string(),
  text: z.string(),
  choices: z.array(ChatChoice),
  /** Path of the question that is open, when the message asks one. */
  question: z.string().nullable(),
  progress: z.object({ done: z.number(), of: z.number() }).nullable(),
  matter: z.object({ number: z.string(), kind: z.string(), stage: z.string() }).nullable(),
  at: z.iso.datetime({ offset: true }),
  /** `messageId` of the message that it replies to; absent on what came by itself (a reminder, a notice). */
  re: z.string().optional(),
  /** The conversation that is open after this message. */
  talk: z.string().optional(),
  /** Path of the question that the message replied to has answered; `edit:<path>` changes the answer. */
  answered: z.string().optional(),
  /** Several choices may be sent at once, blank-separated. */
  multiple: z.boolean().optional(),
  /** The open question may be skipped. */
  optional: z.boolean().optional(),
  /** What the open question wants beyond words: image, audio, video, file, geopoint. */
  asks: z.string().optional(),
  review: ChatReview.optional(),
  /** A file that goes with it, fetched with the page's token. */
  file: z.object({ id: z.string(), name: z.string(), type: z.string() }).optional(),
  /** Address of a recorded prompt that reads the question aloud. */
  voice: z.string().optional(),
})

export const ChatMessages = z.object({ messages: z.array(ChatMessage), more: z.boolean() })

export const SendMessage = z.object({
  /** Made by the page, unique for the message: sending it again changes nothing. */
  messageId: z.string().min(1).max(64),
  body: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), text: z.string().max(20_000) }),
    z.object({ kind: z.literal('choice'), id: z.string().max(2_000) }),
    z.object({ kind: z.literal('start'), payload: z.string().max(300) }),
    z.object({
      kind: z.literal('location'),
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
    }),
    z.object({ kind: z.literal('photo'), file: z.string().regex(/^[0-9a-f]{64}$/), name: z.string().max(200) }),
    z.object({
      kind: z.literal('voice'),
      file: z.string().regex(/^[0-9a-f]{64}$/),
      name: z.string().max(200),
      transcript: z.string().max(4_000).nullable(),
    }),
  ]),
  language: z.string().max(20).optional(),
})

export const Accepted = z.object({ accepted: z.literal(true) })

export const StoredFile = z.object({ file: z.string(), type: z.string(), bytes: z.number() })

export const ChatVillage = z.object({
  code: z.string(),
  path: z.string(),
  name: z.string(),
  payload: z.string(),
  demo: z.boolean(),
})

/** What a village's page is sent with, so that it can be read before the program has said anything. */
export const Opening = z.object({
  language: z.string(),
  village: ChatVillage,
  /** Stands until the bot has said the same; `seq` is "". */
  greeting: ChatMessage,
})

export const GroupPage = z.object({ title: z.string(), demo: z.boolean(), messages: z.array(ChatMessage) })

export const Failure = z.object({ error: z.object({ code: z.string(), message: z.string() }) })

export const Ready = z.object({
  ready: z.boolean(),
  database: z.boolean(),
  /** Age of the oldest message that is due and not sent. */
  oldestDueSeconds: z.number().nullable(),
  lastTickAt: z.iso.datetime({ offset: true }).nullable(),
})

export type ChatChoice = z.infer<typeof ChatChoice>
export type ChatMessage = z.infer<typeof ChatMessage>
export type ChatReview = z.infer<typeof ChatReview>
export type ChatMessages = z.infer<typeof ChatMessages>
export type SendMessage = z.infer<typeof SendMessage>
export type ChatVillage = z.infer<typeof ChatVillage>
export type Opening = z.infer<typeof Opening>
export type GroupPage = z.infer<typeof GroupPage>
export type StoredFile = z.infer<typeof StoredFile>
export type Failure = z.infer<typeof Failure>
