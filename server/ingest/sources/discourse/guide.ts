import type { SourceGuide } from '../source.ts'

export const DISCOURSE_GUIDE: SourceGuide = {
  files: 'a ZIP or folder of JSON files, and user-list.csv',
  how_to_get: [
    'Discourse has no button that exports all posts, and its backup is a copy of its database, which is not read here: save the answers of its API.',
    'For each topic save https://your.forum/t/<id>.json?print=true, which holds up to a thousand posts; or page by page https://your.forum/posts.json?before=<id>. A tool such as discourse-archive does the latter.',
    'Save https://your.forum/site.json beside them: it names the categories, as the webhook does.',
    'For the days people joined, open Admin, Users, Export, and put the CSV file that is sent to you beside the JSON files.',
    'Drop them all at once, as a ZIP or as they are. A page may be in several files: it counts once.',
  ],
  reads: [
    'The first post of a topic: what its text says it is; a question where one of its replies was accepted (plugin Solved).',
    'Every later post: a reply, to the post whose number it names where that post is in the archive, else to its topic.',
    'The accepted answer, at the time it was written.',
    'A post that staff see as deleted: it takes the post back.',
    'The category: the channel, by the short name in its address.',
    'The list of users, or the JSON of the admin’s API: who joined and when. Staged and never activated accounts did not join.',
    'Private messages, whispers, small actions, moderators’ actions and posts hidden by flags are passed by; the system and the bots of Discourse count as bots.',
  ],
  cannot: [
    'Leaves: a deleted account is in no list. A webhook tells of them from then on.',
    'Likes: the files hold how many, not by whom or when.',
    'When an answer was accepted, and by whom.',
    'Edits: a post has its latest text. One that was imported before with another text, or moved to another topic since, is listed as a conflict and left as it was.',
  ],
  says_questions: false,
}
