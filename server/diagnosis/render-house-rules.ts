import type { ThresholdGroup } from '../../shared/contract/threshold.ts'
import { sayThreshold, sayThresholdRange } from '../../shared/threshold-text.ts'
import { describeThreshold } from './list-thresholds.ts'
import { RELATIONS } from './threshold-relations.ts'
import { THRESHOLD_IDS, THRESHOLDS, type ThresholdId } from './thresholds.ts'

/** The file made from the thresholds, relative to the project. A test fails where it differs. */
export const HOUSE_RULES_FILE = 'docs/house-rules.md'

const TITLES: Record<ThresholdGroup, string> = {
  dormant: 'Dormant',
  too_little_data: 'Too little data',
  workgroup: 'Workgroup',
  newsletter: 'Newsletter',
  teaching_platform: 'Teaching platform',
  blog: 'Blog',
  community: 'Community',
  support: 'How sure a verdict is',
  standing: 'How lasting a verdict is',
  direction: 'Direction',
}

const HEAD = `# House rules

<!-- made by \`npm run render\` from server/diagnosis/thresholds.ts -->

By what a community is judged. No published source gives a validated cut-off between a community and a blog, a newsletter or a
workgroup, so every threshold here is a **house rule**: our judgement, tried on synthetic communities and public archives, and open to
dispute. A community's managers may set their own on the page House rules, by \`PUT /api/v1/communities/:slug/thresholds/:id\`, or with
\`npm run cli -- threshold set <slug> <id> <value>\`.

- A change judges the **whole history** anew, the same as a rebuild would, so that months are compared by the same rules. Nothing is measured
  anew: no number of a chart changes.
- Every verdict names the thresholds that are the community's own, with the default beside each.
- A value that equals the default is no setting, and follows the default when a later version changes it.
- Shares and counts are whole numbers, so that "k of n reaches it" is exact at the threshold itself.
- The rules are asked in the order below, but "workgroup, by its talk" after newsletter; the first that holds is the verdict. Where none
  does it is "mixed".
- What is counted (help, discussion, broadcast, news, work; who started a thread; effective voices) is defined in [metrics](metrics.md).
`

const escapeCell = (text: string): string => text.replaceAll('|', '\\|')
/** No threshold is broken across lines in a table. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ')

const row = (id: ThresholdId): string => {
  const { says, unit, default_value, least, most } = describeThreshold(id)
  const range = least === null || most === null ? 'the same for all' : sayThresholdRange(least, most, unit)
  return `| \`${id}\` | ${[says, sayThreshold(default_value, unit), range].map((text) => escapeCell(plain(text))).join(' | ')} |`
}

const section = (group: ThresholdGroup): string => {
  const ids = THRESHOLD_IDS.filter((id) => describeThreshold(id).group === group)
  return ids.length === 0
    ? ''
    : `\n## ${TITLES[group]}\n\n| id | what it asks | default | may be |\n|---|---|---|---|\n${ids.map(row).join('\n')}\n`
}

/** With its value where it is the same for all. */
const nameFixed = (id: ThresholdId): string => {
  const { range, value, unit } = THRESHOLDS[id]
  return `\`${id}\`${range === null ? ` (${plain(sayThreshold(value, unit))})` : ''}`
}

const relations = (): string =>
  RELATIONS.map(
    ({ lesser, greater, is_strict, otherwise }) =>
      `- ${nameFixed(lesser)} is ${is_strict ? 'less than' : 'at most'} \`${greater}\`: otherwise ${otherwise}.`,
  ).join('\n')

/** The page of documentation that lists every threshold with its meaning, default and range. */
export const renderHouseRules = (): string =>
  `${HEAD}${(Object.keys(TITLES) as ThresholdGroup[]).map(section).join('')}
## What has to hold between them

A change after which two rules would contradict each other is refused, also on the way back to a default.

${relations()}

## The charter

Managers may declare what the group is meant to be: a community, a newsletter, a workgroup, a teaching platform or a blog. The verdict then
also reads "as intended" or "drifting", and a newsletter that is meant to be one raises no alarm. What is declared changes no count and no
test, with one exception: where it is meant to be anything but a workgroup, "workgroup, by its talk" does not decide, because words alone are
a weaker sign than what its managers know ([words](words.md)). On the command line: \`npm run cli -- charter set <slug> --purpose community --note "…"\`.
`
