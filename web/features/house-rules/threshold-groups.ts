import type { ThresholdGroup, ThresholdSetting } from '../../../shared/contract/threshold.ts'
import { startSentence } from '../../../shared/format.ts'
import { sayThresholdRange } from '../../../shared/threshold-text.ts'

/** The rules in plain words, in the order in which they are asked. */
export const GROUP_WORDS: Record<ThresholdGroup, { title: string; says: string }> = {
  dormant: { title: 'Dormant', says: 'It has gone quiet, the quiet is not chance, and it is not the feed that has gone silent.' },
  too_little_data: { title: 'Too little data', says: 'Below these nothing is told, unless a pattern is plain all the same.' },
  workgroup: { title: 'Workgroup', says: 'Most of what happens is work; or the talk is of work, and few people do most of it.' },
  newsletter: { title: 'Newsletter', says: 'News goes out, and little comes back.' },
  teaching_platform: { title: 'Teaching platform', says: 'Members ask, and one person gives most of the answers.' },
  blog: { title: 'Blog', says: 'It is one person’s house: they write most of it, or all talk is in their threads.' },
  community: { title: 'Community', says: 'Members ask, and many of them answer each other. All of these have to hold.' },
  support: { title: 'How sure a verdict is', says: 'The window’s threads are drawn anew a thousand times and judged each time.' },
  standing: { title: 'How lasting a verdict is', says: 'The verdict that stands does not follow every wind.' },
  direction: { title: 'Direction', says: 'Whether it is growing or declining, against its own past.' },
}

/** What a threshold asks, without the name of the rule that it stands under. */
export const sayAsked = ({ says }: ThresholdSetting): string => startSentence(says.replace(/^[^:,]+[:,]\s*/, ''))

/** What it may be set to; null where it cannot be set. */
export const sayRange = ({ least, most, unit }: ThresholdSetting): string | null =>
  least === null || most === null ? null : sayThresholdRange(least, most, unit)

/** Reads a figure as it was typed, with a decimal comma or point; null where it is none. */
export const readFigure = (text: string): number | null =>
  /^\d+([.,]\d+)?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : null

/** What is wrong with a figure for this threshold, before the server is asked; null where nothing is. */
export const faultOf = (text: string, setting: ThresholdSetting): string | null => {
  const value = readFigure(text)
  const { least, most, decimals } = setting
  if (value !== null && least !== null && most !== null && value >= least && value <= most && Number(value.toFixed(decimals)) === value)
    return null
  return `Between ${sayRange(setting)?.replace(' to ', ' and ')}, ${decimals === 0 ? 'whole numbers only' : `with at most ${decimals} decimals`}.`
}

/** The settings under their rules, in order; a rule without any is left out. */
export const groupThresholds = (settings: readonly ThresholdSetting[]): { group: ThresholdGroup; settings: ThresholdSetting[] }[] =>
  (Object.keys(GROUP_WORDS) as ThresholdGroup[])
    .map((group) => ({ group, settings: settings.filter((one) => one.group === group) }))
    .filter((one) => one.settings.length > 0)
