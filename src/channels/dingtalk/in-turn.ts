/** Work of one chat, one thing after the other; of different chats at the same time. */
export function inTurn(): (chat: string, work: () => Promise<void>) => Promise<void> {
  const last = new Map<string, Promise<void>>()
  return (chat, work) => {
    const mine = (last.get(chat) ?? Promise.resolve()).catch(() => {}).then(work)
    last.set(chat, mine)
    const forget = () => {
      if (last.get(chat) === mine) last.delete(chat)
    }
    mine.then(forget, forget)
    return mine
  }
}
