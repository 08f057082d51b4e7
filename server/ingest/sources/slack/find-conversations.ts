/** Where what lies in an export: https://slack.com/help/articles/220556107-How-to-read-Slack-data-exports */
import { SourceError, type ReadOptions } from '../source.ts'
import { fileNameOf, type SourceFile, type SourceFiles } from '../source-files.ts'
import { cleanName } from '../clean-text.ts'
import { readJsonArray } from '../read-json-array.ts'

export type Channel = {
  id: string
  /** As it is called in this export. */
  name: string
  /** A day of messages each, in their order; the same day may come twice where two exports are dropped at once. */
  days: { day: string; files: SourceFile[] }[]
}

export type Conversations = {
  channels: Channel[]
  users: SourceFile[]
  /** Files of days in conversations that are not read, by why. Not one of them is opened. */
  skipped: Map<string, SourceFile[]>
}

const DAY_FILE = /^(?:(.*)\/)?([^/]+)\/(\d{4}-\d\d-\d\d)\.json$/
const LISTS = /^(channels|groups|dms|mpims)\.json$/i
export const isUserList = (file: SourceFile) => /^(org_)?users\.json$/i.test(fileNameOf(file))
export const isChannelList = (file: SourceFile) => /^(channels|groups)\.json$/i.test(fileNameOf(file))
export const isDayFile = (file: SourceFile) => DAY_FILE.test(file.path)

const folderOf = (path: string) => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '')

/** What the folders of one export stand for: a folder is called as its channel is, or by its id. */
type Listed = { channels: Map<string, { id: string; name: string }>; direct: Set<string> }

/**
 * Finds the channels of an export, wherever in the archive its lists lie (an organisation's holds several workspaces). Direct
 * messages are set aside unopened. Throws a SourceError when there is no list of channels.
 */
export const findConversations = async (files: SourceFiles, options: ReadOptions): Promise<Conversations> => {
  const listed = new Map<string, Listed>()
  for (const file of files.files) {
    const kind = LISTS.exec(fileNameOf(file))?.[1]?.toLowerCase()
    if (kind === undefined) continue
    const folder = folderOf(file.path)
    const lists = listed.get(folder) ?? { channels: new Map(), direct: new Set() }
    listed.set(folder, lists)
    for await (const { value } of readJsonArray(file, { paths: [''], encoding: options.encoding })) {
      const { id, name, is_im, is_mpim } = (value ?? {}) as Record<string, unknown>
      if (typeof id !== 'string' || id === '') continue
      // other programs write them among the channels; a group of people is called mpdm-ana--bo-1, a conversation of two by its id
      if (kind === 'dms' || kind === 'mpims' || is_im === true || is_mpim === true) {
        lists.direct.add(id)
        if (typeof name === 'string') lists.direct.add(name)
        continue
      }
      const channel = { id: id.slice(0, 100), name: cleanName(name) ?? id.slice(0, 100) }
      lists.channels.set(id, channel)
      if (typeof name === 'string') lists.channels.set(name, channel)
    }
  }
  if (!files.files.some(isChannelList))
    throw new SourceError(
      'There is no channels.json beside the messages: choose the ZIP as Slack made it, or the whole unpacked folder, not a part of it.',
    )
  const channels = new Map<string, { id: string; name: string; days: Map<string, SourceFile[]> }>()
  const skipped = new Map<string, SourceFile[]>()
  const skip = (file: SourceFile, why: string) => {
    const list = skipped.get(why) ?? []
    list.push(file)
    skipped.set(why, list)
  }
  for (const file of files.files) {
    const [, root = '', folder = '', day = ''] = DAY_FILE.exec(file.path) ?? []
    if (day === '') continue
    const lists = nearestLists(listed, root)
    const found = lists?.channels.get(folder)
    if (lists?.direct.has(folder) || /^(D[A-Z0-9]{8,}$|mpdm-)/.test(folder)) skip(file, 'day of a private conversation, not opened')
    else if (found === undefined) skip(file, 'day of a conversation that is in no list of channels, not opened')
    else {
      const channel = channels.get(found.id) ?? { ...found, days: new Map<string, SourceFile[]>() }
      channels.set(found.id, channel)
      const day_files = channel.days.get(day) ?? []
      day_files.push(file)
      channel.days.set(day, day_files)
    }
  }
  return {
    channels: [...channels.values()]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, name, days }) => ({
        id,
        name,
        days: [...days].map(([day, day_files]) => ({ day, files: day_files })).sort((a, b) => (a.day < b.day ? -1 : 1)),
      })),
    users: files.files.filter(isUserList),
    skipped,
  }
}

const nearestLists = (listed: ReadonlyMap<string, Listed>, folder: string): Listed | undefined => {
  for (let at = folder; ; at = folderOf(at)) {
    const found = listed.get(at)
    if (found || at === '') return found
  }
}
