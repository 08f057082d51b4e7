import { join } from 'node:path'
import type { Capability } from '../../../shared/contract/metric.ts'
import { csv } from '../sources/csv/csv.ts'
import { openFiles } from '../sources/open-files.ts'
import type { SourceItem } from '../sources/source.ts'
import type { ArchetypeName } from '../sources/synthetic/archetypes.ts'
import { generateEvents, type SyntheticOptions, SYNTHETIC_TELLS } from '../sources/synthetic/synthetic.ts'
import { putInTopics } from './put-in-topics.ts'

/** A community to try the product with. `read` gives its events; made-up ones end at `endAt`, so that they look alive. */
export type DemoCommunity = {
  slug: string
  name: string
  time_zone: string
  /** What it is and under which licence; shown wherever the community is. */
  note: string
  source: string
  tells: readonly Capability[]
  /** Made up ones are known to their very end; an archive ends with its data. */
  is_synthetic: boolean
  read: (endAt: Date) => AsyncIterable<SourceItem>
}

type Archive = Omit<DemoCommunity, 'is_synthetic' | 'read'> & { folder: string }

const fromArchive = ({ folder, ...community }: Archive): DemoCommunity => ({
  ...community,
  is_synthetic: false,
  read: async function* () {
    const files = await openFiles([join(import.meta.dirname, 'archives', folder, 'events.csv.gz')])
    yield* csv.read(files, {
      source: community.source,
      dayTimeZone: community.time_zone,
      timeZone: null,
      site: null,
      columns: {},
      encoding: 'utf-8',
    })
  },
})

type MadeUp = Pick<DemoCommunity, 'slug' | 'name' | 'time_zone'> & { archetype: ArchetypeName; topics?: readonly string[] } & Pick<
    SyntheticOptions,
    'seed' | 'trend' | 'hasBot' | 'weeks' | 'members' | 'contributionsPerWeek'
  >

const madeUp = ({ slug, name, time_zone, archetype, seed, topics = [], ...settings }: MadeUp): DemoCommunity => ({
  slug,
  name,
  time_zone,
  note: `Synthetic: made up by this program (${archetype.replaceAll('_', ' ')}, seed ${seed}). No real people.`,
  source: 'synthetic',
  tells: SYNTHETIC_TELLS,
  is_synthetic: true,
  read: async function* (endAt) {
    let position = 0
    for (const event of generateEvents({ archetype, seed, endAt, timeZone: time_zone, ...settings }))
      yield { position: ++position, event: topics.length > 0 ? putInTopics(event, topics) : event }
  },
})

export const DEMO_COMMUNITIES: readonly DemoCommunity[] = [
  fromArchive({
    slug: 'beer-questions',
    name: 'Beer: questions and answers',
    time_zone: 'UTC',
    note: 'Real: Beer, Wine & Spirits Stack Exchange 2014–2017, by its contributors, CC BY-SA 3.0; people pseudonymised.',
    source: 'stack-exchange',
    tells: ['questions', 'contributions', 'accepted_answers'],
    folder: 'beer',
  }),
  fromArchive({
    slug: 'made-mistakes',
    name: 'Made Mistakes, a weblog',
    time_zone: 'America/New_York',
    note: 'Real: posts and comments of the weblog Made Mistakes 2006–2018, by Michael Rose, MIT licence; people pseudonymised.',
    source: 'weblog',
    tells: ['contributions'],
    folder: 'made-mistakes',
  }),
  fromArchive({
    slug: 'houston-datavis',
    name: 'Houston data visualisation',
    time_zone: 'America/Chicago',
    note: 'Real: Slack export of a local interest group 2015–2016, MIT licence; people pseudonymised. A flat chat without threads: nothing says which message answers a question, so helping is not measured.',
    source: 'slack',
    // it holds questions, and no thread that would say whether they were answered: 0 % would be a wrong number
    tells: ['joins', 'contributions', 'reactions'],
    folder: 'houston-datavis',
  }),
  fromArchive({
    slug: 'kubernetes-members',
    name: 'Kubernetes organisation: members',
    time_zone: 'UTC',
    note: 'Real: joinings and leavings of the Kubernetes organisation 2018–2026, by the Kubernetes Authors, Apache License 2.0; people pseudonymised. Membership only.',
    source: 'github',
    tells: ['joins', 'leaves'],
    folder: 'kubernetes-members',
  }),
  madeUp({
    slug: 'pump-engineers',
    name: 'Pump engineers',
    time_zone: 'Europe/Amsterdam',
    archetype: 'community',
    seed: 11,
    topics: ['seals', 'bearings', 'cavitation', 'motors', 'priming', 'vibration', 'spare parts', 'coatings'],
  }),
  madeUp({ slug: 'notes-from-the-field', name: 'Notes from the field', time_zone: 'Europe/London', archetype: 'blog', seed: 12 }),
  madeUp({ slug: 'safety-news', name: 'Safety news', time_zone: 'America/Sao_Paulo', archetype: 'newsletter', seed: 13 }),
  madeUp({
    slug: 'welding-standard',
    name: 'Welding standard, editorial group',
    time_zone: 'Europe/Berlin',
    archetype: 'workgroup',
    seed: 14,
  }),
  madeUp({
    slug: 'ask-the-metallurgist',
    name: 'Ask the metallurgist',
    time_zone: 'Asia/Kolkata',
    archetype: 'teaching_platform',
    topics: ['steel', 'aluminium', 'heat treatment', 'fatigue'],
    seed: 15,
  }),
  madeUp({
    slug: 'maintenance-planners',
    name: 'Maintenance planners',
    time_zone: 'Australia/Perth',
    archetype: 'mixed',
    topics: ['shutdowns', 'planning tools', 'spare parts', 'training'],
    seed: 16,
    hasBot: true,
  }),
  madeUp({ slug: 'corrosion-circle', name: 'Corrosion circle', time_zone: 'Europe/Oslo', archetype: 'dormant', seed: 17 }),
  madeUp({ slug: 'heat-pump-beginners', name: 'Heat pump beginners', time_zone: 'Asia/Tokyo', archetype: 'too_little_data', seed: 18 }),
]
