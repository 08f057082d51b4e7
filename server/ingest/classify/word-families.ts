/**
 * Words that talk about artefacts, procedure, documents and building: a team at work uses several times as many of them as a community does.
 * English; found and checked on labelled public archives (house rule). Each entry lists the forms that count; a space matches any white space or hyphen.
 */
export type WordFamilies = { words: readonly string[]; capitals: readonly string[]; patterns: readonly string[] }

export const ARTEFACT: WordFamilies = {
  words: [
    'pull request',
    'pull requests',
    'merge request',
    'merge requests',
    'merge',
    'merges',
    'merged',
    'commit',
    'commits',
    'rebase',
    'rebased',
    'branch',
    'branches',
    'ticket',
    'tickets',
  ],
  // only in capitals: "Mr Smith" is no merge request
  capitals: ['PR', 'PRs', 'MR', 'MRs', 'CI'],
  patterns: [
    // #123, but not the entity &#39; nor a fragment of an address
    '(?<![\\p{L}\\p{N}&/#])#\\d+(?![\\p{L}\\p{N}])',
    // ABC-123, but not what only looks so
    '(?<![\\p{L}\\p{N}-])(?!(?:UTF|ISO|SHA|COVID|GPT|RFC|IPV|MPEG|MP|USB|HTTP|TCP|AES|RSA|AK|IEEE|IEC|DIN|EN|CVE)-)[A-Z][A-Z0-9]{1,9}-\\d+(?![\\p{L}\\p{N}-])',
  ],
}
/** An address below one of these is an artefact. */
export const ARTEFACT_LINK = /\/(?:pull|issues|commit|merge_requests)\//

export const PROCEDURE: WordFamilies = {
  words: [
    'agenda',
    'agendas',
    'meeting',
    'meetings',
    'stand up',
    'stand ups',
    'standup',
    'standups',
    'call notes',
    'deadline',
    'deadlines',
    'milestone',
    'milestones',
    'roadmap',
    'roadmaps',
    'sprint',
    'sprints',
    'backlog',
    'backlogs',
    'action item',
    'action items',
    'sign off',
    'sign offs',
    'signoff',
    'scrum',
    'scrums',
  ],
  capitals: [],
  // minutes of a meeting, not of a clock
  patterns: [
    '(?<![\\p{L}\\p{N}])(?<!(?:\\d|few|couple of|couple|several|many|some|two|three|four|five|ten|fifteen|twenty|thirty|forty|sixty|ninety|last|next|within|every|in)[\\s-]+)[Mm]inutes(?![\\p{L}\\p{N}]|\\s+(?:ago|later|late|early|away|long|each|per|left|before|after))',
  ],
}

export const DOCUMENT: WordFamilies = {
  words: [
    'draft',
    'drafts',
    'section',
    'sections',
    'wording',
    'wordings',
    'proposal',
    'proposals',
    'review',
    'reviews',
    'editorial',
    'consensus',
    'working group',
    'working groups',
    'specification',
    'specifications',
  ],
  capitals: [],
  patterns: [],
}

export const BUILD: WordFamilies = {
  words: [
    'release',
    'releases',
    'released',
    'implement',
    'implements',
    'implemented',
    'fix',
    'fixes',
    'fixed',
    'refactor',
    'refactors',
    'refactored',
    'deploy',
    'deploys',
    'deployed',
    'to do',
    'to dos',
    'todo',
    'todos',
    'ship',
    'ships',
    'shipped',
    'blocker',
    'blockers',
  ],
  capitals: [],
  patterns: [],
}
