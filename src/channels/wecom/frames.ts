/** Frames of the two-way bot's connection, as far as they are read. Source: 企业微信开发者中心, 智能机器人 / 长连接, read in November 2026. */
import { z } from 'zod'

const text = z.object({ content: z.string() })
const media = z.object({ url: z.string(), aeskey: z.string().optional(), filename: z.string().optional() })

const common = {
  msgid: z.string().min(1).max(256),
  chatid: z.string().min(1).optional(),
  chattype: z.enum(['single', 'group']).optional(),
  from: z.object({ userid: z.string().min(1) }),
  /** Seconds. */
  create_time: z.number().positive().optional(),
}

export const MESSAGE_FRAME = z.object({
  headers: z.object({ req_id: z.string().min(1) }),
  body: z.object({
    ...common,
    msgtype: z.string(),
    text: text.optional(),
    /** What was spoken, in writing: the sound itself is not handed over. */
    voice: text.optional(),
    image: media.optional(),
    file: media.optional(),
    video: media.optional(),
    mixed: z
      .object({ msg_item: z.array(z.object({ msgtype: z.string(), text: text.optional(), image: media.optional() })) })
      .optional(),
  }),
})

export const EVENT_FRAME = z.object({
  headers: z.object({ req_id: z.string().min(1) }),
  body: z.object({ ...common, event: z.object({ eventtype: z.string() }) }),
})

export type MessageFrame = z.infer<typeof MESSAGE_FRAME>
export type EventFrame = z.infer<typeof EVENT_FRAME>
/** A file: where it lies, enciphered, for five minutes. */
export type FrameMedia = z.infer<typeof media>
