/** What `bangfu doctor` asks Telegram. */
import type { ChannelFinding } from '../../messaging/channel.ts'
import type { Client } from './client.ts'
import { outcomeOf } from './errors.ts'

/** A clock that is further off is told. */
const DRIFT_MS = 5 * 60_000
/** Updates that were not fetched: more than this means that nobody fetches them. */
const MANY_PENDING = 100
/** An error of the webhook is told for that long, seconds. */
const RECENT_ERROR = 3600

/** @param webhook where the platform should call; null = polling */
export async function checkTelegram(client: Client, webhook: string | null): Promise<readonly ChannelFinding[]> {
  const findings: ChannelFinding[] = []
  const [date] = await Promise.all([client.date(), askApi(client, webhook, findings)])
  const off = date === null ? 0 : Math.abs(client.parts.clock.now() - date)
  if (date !== null) {
    findings.push(
      off > DRIFT_MS
        ? { state: 'warning', what: 'clock', params: { minutes: Math.round(off / 60_000) } }
        : { state: 'ok', what: 'clock' },
    )
  }
  return findings
}

async function askApi({ api, parts }: Client, webhook: string | null, findings: ChannelFinding[]): Promise<void> {
  try {
    const me = await api.getMe()
    findings.push({ state: 'ok', what: 'token' })
    if (me.can_read_all_group_messages) findings.push({ state: 'warning', what: 'reads_groups' })
    if (!me.can_join_groups) findings.push({ state: 'warning', what: 'no_groups' })
    const info = await api.getWebhookInfo()
    if (info.pending_update_count > MANY_PENDING) {
      findings.push({ state: 'warning', what: 'pending', params: { count: info.pending_update_count } })
    }
    const error = info.last_error_date ?? 0
    const isFailing = webhook !== null && parts.clock.now() / 1000 - error < RECENT_ERROR
    // Another program has taken the updates of this token, or the program was never started with this setting.
    const isElsewhere = (info.url ?? '') !== (webhook ?? '')
    if (isElsewhere) findings.push({ state: 'warning', what: 'receive' })
    else findings.push({ state: isFailing ? 'problem' : 'ok', what: 'receive' })
  } catch (error) {
    const { kind } = outcomeOf(error)
    findings.push({ state: 'problem', what: kind === 'operator' ? 'token' : 'network' })
  }
}
