import type { Pool } from 'pg'
import type { MemberOverlap, Overlap } from '../../shared/contract/comparison.ts'
import { joinWords } from '../../shared/format.ts'
import type { DayRange } from '../../shared/period.ts'
import { isSmallCount, MIN_PEOPLE_NAMED } from './cases.ts'

/** An account of somebody active; hashes as identities hold them, null where nothing is known. */
export type ActiveAccount = {
  person_id: string
  source: string
  source_actor_id: string
  email_key: string | null
  name_key: string | null
  /** The platform whose ids are one account's the world over; null for any other place. */
  platform: string | null
}
export type ActivePeople = { people: ReadonlySet<string>; accounts: readonly ActiveAccount[] }

/** Their ids name one account wherever it shows up; a forum's or a workspace's begin anew in each. */
const PLATFORMS = ['github', 'discord']
/** Accounts of one id whose name or address is known on both sides: so many, and so large a part alike, make two places one (our judgement). */
const MIN_ALIKE = 5
const MIN_ALIKE_SHARE = 0.9

/** Who contributed over the local days, as the metric "active people" counts them, with their accounts. */
export const readActivePeople = async (pool: Pool, communityId: string, range: DayRange): Promise<ActivePeople> => {
  const { rows } = await pool.query<Omit<ActiveAccount, 'source'> & { source: string | null }>(
    `with active as (
       select distinct person_id
       from person_day
       where community_id = $1 and day_on >= $2::date and day_on < $3::date and person_id is not null and contribution_count > 0
     ),
     fed as (
       select source, format as kind from import where community_id = $1 and format is not null
       union
       select source, kind from webhook where community_id = $1
     ),
     platform as (
       select source, min(kind) as platform from fed group by source having count(distinct kind) = 1 and min(kind) = any ($4::text[])
     )
     select a.person_id, i.source, i.source_actor_id, i.email_key, i.name_key, p.platform
     from active a
     left join identity i on i.community_id = $1 and i.person_id = a.person_id and not i.is_bot
     left join platform p on p.source = i.source`,
    [communityId, range.from_on, range.to_on, PLATFORMS],
  )
  return {
    people: new Set(rows.map((row) => row.person_id)),
    accounts: rows.filter((row): row is ActiveAccount => row.source !== null),
  }
}

const placeOf = ({ platform, source }: ActiveAccount): string => (platform === null ? `source ${source}` : `platform ${platform}`)

const groupByPlace = ({ accounts }: ActivePeople) => Map.groupBy(accounts, placeOf)

/**
 * Places whose account ids mean the same account on both sides. Two sources of one name need not be one place: "forum" is many
 * forums, and each has a person 1. So ids count where the platform gives them out to the whole world, or where the accounts that
 * share one carry the same name or address; and nowhere where those contradict each other.
 */
export const findSharedPlaces = (a: ActivePeople, b: ActivePeople): Set<string> => {
  const [ofA, ofB] = [groupByPlace(a), groupByPlace(b)]
  const shared = new Set<string>()
  for (const [place, accounts] of ofA) {
    const others = new Map(ofB.get(place)?.map((account) => [account.source_actor_id, account]))
    if (others.size === 0) continue
    let known = 0
    let alike = 0
    for (const account of accounts) {
      const other = others.get(account.source_actor_id)
      if (other === undefined) continue
      const isAddress = account.email_key !== null && other.email_key !== null
      const isName = account.name_key !== null && other.name_key !== null
      if (!isAddress && !isName) continue
      known++
      if ((isAddress && account.email_key === other.email_key) || (isName && account.name_key === other.name_key)) alike++
    }
    const isAlike = alike >= known * MIN_ALIKE_SHARE
    if (isAlike && (known >= MIN_ALIKE || place.startsWith('platform '))) shared.add(place)
  }
  return shared
}

type Keys = Map<string, Set<string>>

/** By what each person is recognised. */
const keysOf = (side: ActivePeople, places: ReadonlySet<string>, withAddresses: boolean): Keys => {
  const keys: Keys = new Map()
  const add = (person: string, key: string) => (keys.get(person) ?? keys.set(person, new Set()).get(person))?.add(key)
  for (const account of side.accounts) {
    if (withAddresses && account.email_key !== null) add(account.person_id, `address ${account.email_key}`)
    const place = placeOf(account)
    if (places.has(place)) add(account.person_id, `${place} ${account.source_actor_id}`)
  }
  return keys
}

const peopleFoundIn = (keys: Keys, others: Keys): Set<string> => {
  const theirs = new Set([...others.values()].flatMap((set) => [...set]))
  return new Set([...keys].filter(([, set]) => [...set].some((key) => theirs.has(key))).map(([person]) => person))
}

const hasAddresses = ({ accounts }: ActivePeople) => accounts.some(({ email_key }) => email_key !== null)

/** Who of the people active in one is active in the other too, and by what that is known; null where nothing could tell. */
export const matchPeople = (a: ActivePeople, b: ActivePeople) => {
  const places = findSharedPlaces(a, b)
  const withAddresses = hasAddresses(a) && hasAddresses(b)
  if (places.size === 0 && !withAddresses) return null
  const [ofA, ofB] = [keysOf(a, places, withAddresses), keysOf(b, places, withAddresses)]
  return {
    by: [...(withAddresses ? (['address'] as const) : []), ...(places.size > 0 ? (['account'] as const) : [])],
    a_recognisable: ofA.size,
    b_recognisable: ofB.size,
    a_in_both: peopleFoundIn(ofA, ofB),
    b_in_both: peopleFoundIn(ofB, ofA),
  }
}

/** A few people on their own, or beside all others, could be guessed. */
const isFew = (found: number, of: number): boolean => isSmallCount(found) || isSmallCount(of - found)

const UNTOLD = { by: [], a_in_both: null, b_in_both: null, a_recognisable: null, b_recognisable: null }

/**
 * How many people are active in more than one; `sides` null without data, `mayCount[i]` false where the reader may not be told of
 * groups under five there. Names never leave here.
 */
export const countOverlap = (sides: readonly (ActivePeople | null)[], mayCount: readonly boolean[]): Overlap => {
  const elsewhere = sides.map(() => new Set<string>())
  const isTold = sides.map(() => true)
  const isAnyTold = sides.map(() => false)
  const pairs: MemberOverlap[] = []
  for (const [a, left] of sides.entries())
    for (const [b, right] of sides.entries()) {
      if (b <= a) continue
      if (left === null || right === null) {
        pairs.push({ a, b, ...UNTOLD, state: 'cannot_tell', reason: 'Of one of the two it is not known who takes an active part.' })
        continue
      }
      const found = matchPeople(left, right)
      if (found === null) {
        pairs.push({ a, b, ...UNTOLD, state: 'cannot_tell', reason: sayUnrecognised(left, right) })
        continue
      }
      const [inA, inB] = [found.a_in_both.size, found.b_in_both.size]
      if (!(mayCount[a] && mayCount[b]) && (isFew(inA, left.people.size) || isFew(inB, right.people.size))) {
        isTold[a] = isTold[b] = false
        const reason = `Fewer than ${MIN_PEOPLE_NAMED === 5 ? 'five' : MIN_PEOPLE_NAMED} people are in both, or in one alone.`
        pairs.push({ a, b, ...UNTOLD, by: found.by, state: 'few', reason })
        continue
      }
      isAnyTold[a] = isAnyTold[b] = true
      for (const person of found.a_in_both) elsewhere[a]?.add(person)
      for (const person of found.b_in_both) elsewhere[b]?.add(person)
      pairs.push({ ...found, a, b, state: 'told', a_in_both: inA, b_in_both: inB, reason: sayUnknownPart(found, left, right) })
    }
  return {
    active_people: sides.map((side) => side?.people.size ?? null),
    also_elsewhere: elsewhere.map((people, i) => {
      // beside the pairs that are told, the sum would tell those that are not
      if (!isTold[i] || !isAnyTold[i]) return null
      return !mayCount[i] && isFew(people.size, sides[i]?.people.size ?? 0) ? null : people.size
    }),
    pairs,
  }
}

const sayUnrecognised = (a: ActivePeople, b: ActivePeople): string => {
  if (a.people.size === 0 || b.people.size === 0) return 'Nobody was active in one of the two over these days.'
  const names = (side: ActivePeople) => new Set(side.accounts.map(({ source }) => source))
  const alike = [...names(a)].filter((name) => names(b).has(name)).map((name) => `“${name}”`)
  const why =
    alike.length === 0
      ? 'their accounts are of different places'
      : `both have a source named ${joinWords(alike)}, but nothing shows that it is the same place`
  return `No common way to recognise people: addresses are not known on both sides, and ${why}.`
}

const sayUnknownPart = (found: { a_recognisable: number; b_recognisable: number }, a: ActivePeople, b: ActivePeople): string | null =>
  found.a_recognisable === a.people.size && found.b_recognisable === b.people.size
    ? null
    : `At least so many: ${found.a_recognisable} of ${a.people.size} and ${found.b_recognisable} of ${b.people.size} can be recognised.`
