import type { SectionProps } from './section.ts'

/** Accounts that look like bots, each with its reason and the manager's word on it. */
export const BotSection = (_: SectionProps) => null
