import type { SourceAccount } from '../sources/source.ts'
import { detach } from './channel-state.ts'
import { COMMON_WORDS } from './common-words.ts'
import { ACCOUNTS_KEPT } from './limits.ts'

type Account = { name: string | null; is_bot: boolean }

/** A first name alone is meant as one from so many letters on. */
const FIRST_NAME_LETTERS = 3

/** What accounts are called, by id, as far as their source has said so by now; bounded. */
export class KnownNames {
  private readonly accounts = new Map<string, Account>()

  note({ id, name, is_bot }: SourceAccount): void {
    const before = this.accounts.get(id)
    if (before) this.accounts.delete(id)
    else if (this.accounts.size >= ACCOUNTS_KEPT) this.accounts.delete(this.accounts.keys().next().value as string)
    this.accounts.set(detach(id), { name: name ? detach(name) : (before?.name ?? null), is_bot: is_bot ?? before?.is_bot ?? false })
  }

  isBot({ id, is_bot }: SourceAccount): boolean {
    return is_bot ?? this.accounts.get(id)?.is_bot ?? false
  }

  /** What a person may be called in a chat, in lower case; by their id where nothing else is known. */
  namesOf({ id, name }: SourceAccount): string[] {
    return spellName(name || this.accounts.get(id)?.name || id)
  }
}

/** A name as people write it in a chat: whole, without its spaces, and its first word where that can be told from other words. */
export const spellName = (name: string): string[] => {
  const whole = name.trim().replace(/^@/, '').toLowerCase()
  const words = whole.split(/[\s.]+/)
  const first = words[0] as string
  const spelled = [whole, words.join('')]
  if (words.length > 1 && first.length >= FIRST_NAME_LETTERS && !COMMON_WORDS.has(first)) spelled.push(first)
  return [...new Set(spelled)].filter((one) => one !== '')
}
