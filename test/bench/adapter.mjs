/**
 * Our side of the comparison with other chat frameworks (`bench-chat.mjs`, README.md here): its questionnaire as a flow of ours.
 * It looks for finished questionnaires in a table `submission` with JSON in `answers`: that is our own table, as SQLite
 * doesn't tell upper from lower case in names. Its row is in the same commit as the last answer.
 */
import { openHouse } from './house.mjs'

let house

export default {
  name: 'bangfu',

  async setup({ file, synchronous, flow, onReply }) {
    house = await openHouse({
      file,
      synchronous,
      questions: flow.questions,
      submit: () =>
        Promise.resolve({ changes: [], say: [{ text: { literal: flow.done } }], notices: [], matter: null }),
      onReply: (chat, text) => onReply(Number(chat), text),
    })
  },

  send: (userId, text) => house.say(String(userId), text),

  state: {
    sql: `SELECT count(*) FROM "Answer" JOIN "Conversation" ON "Conversation"."id" = "conversationId" WHERE "chat" = ?`,
    key: (userId) => String(userId),
  },

  teardown: () => house.close(),
}
