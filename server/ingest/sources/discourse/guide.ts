import type { SourceGuide } from '../source.ts'

export const DISCOURSE_GUIDE: SourceGuide = {
  files: 'a ZIP or folder of JSON files, and user-list.csv',
  how_to_get: [
    'Discourse has no button that exports all posts, and its backup is a copy of its database, which is not read here: save the answers of its API.',
    'All posts of a public forum, fifty a file, up to the number of the newest (here 100000): curl --fail --rate 60/m --output "posts-#1.json" "https://your.forum/posts.json?before=[50-100000:50]"',
    'Where one has to sign in, make an API key under Admin, API keys, and add to the command: --header "Api-Key: …" --header "Api-Username: …". Tools such as discourse-archive save the same; single topics, as /t/<id>.json gives them, are read too.',
    'The names of the categories, as the webhook gives them too: curl --output site.json "https://your.forum/site.json"',
    'For the days people joined, open Admin, Users, Export, and put the CSV file that is sent to you beside the JSON files.',
    'Drop them all at once, as a ZIP or as they are. A page may be in several files: it counts once.',
  ],
  reads: [
    'The first post of a topic: what its text says it is; a question where one of its replies was accepted (plugin Solved).',
    'Every later post: a reply, to the post whose number it names where that post is in the archive, else to its topic.',
    'The accepted answer, at the time it was written.',
    'A post that staff see as deleted: it takes the post back.',
    'The category: the channel, by the short name in its address.',
    'Where the address of the forum is given with the import: the address of each post, for links to the originals.',
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
