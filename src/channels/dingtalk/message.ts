/** A message as the platform hands it over: what is read of it. Source: 机器人接收消息, read in November 2026. */
import { z } from 'zod'

const text = z.string().min(1)
const code = z.string().min(1).optional()

/** A number, or its digits. */
const milliseconds = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
  ])
  .optional()

const PIECE = z.object({ text: z.string().optional(), downloadCode: code, pictureDownloadCode: code })

const CONTENT = z.object({
  downloadCode: code,
  pictureDownloadCode: code,
  fileName: z.string().optional(),
  /** What was spoken, as the platform understood it. */
  recognition: z.string().optional(),
  richText: z.array(PIECE).optional(),
})

export const ROBOT_MESSAGE = z.object({
  msgId: text,
  msgtype: text,
  conversationId: text,
  /** `1`: private; `2`: a group. */
  conversationType: z.enum(['1', '2']),
  senderId: text,
  /** The account in the organisation; people outside of it have none. */
  senderStaffId: z.string().optional(),
  createAt: milliseconds,
  sessionWebhook: z.string().optional(),
  sessionWebhookExpiredTime: milliseconds,
  text: z.object({ content: z.string() }).optional(),
  content: CONTENT.optional(),
})

export type RobotMessage = z.infer<typeof ROBOT_MESSAGE>

/** @returns null for what can't be read */
export function readMessage(data: unknown): RobotMessage | null {
  if (typeof data !== 'string') return null
  let value: unknown
  try {
    value = JSON.parse(data)
  } catch {
    return null
  }
  return ROBOT_MESSAGE.safeParse(value).data ?? null
}

export const senderOf = ({ senderStaffId, senderId }: RobotMessage): string => senderStaffId || senderId

export const isGroup = ({ conversationType }: RobotMessage): boolean => conversationType === '2'

/** A private chat is the other's account. */
export const chatOf = (message: RobotMessage): string => (isGroup(message) ? message.conversationId : senderOf(message))
