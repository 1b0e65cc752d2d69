import { gaps } from '../../text/gaps.ts'
import type { Resources } from '../../text/resources.ts'
import { fine, warning, type Finding } from './finding.ts'

export function checkLocales(resources: Resources): Finding[] {
  const languages = Object.keys(resources)
  const missing = gaps(resources).filter(({ problem }) => problem === 'missing')
  const findings = languages.flatMap((language) => {
    const own = missing.filter((gap) => gap.language === language)
    const first = own[0]
    if (!first) return []
    const example = `${first.namespace}:${first.path}`
    return [warning('locales.bad', 'locales.todo', { language, count: own.length, example })]
  })
  return findings.length > 0 ? findings : [fine('locales.ok', { languages: languages.join(' ') })]
}
