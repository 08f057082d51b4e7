import type { SourceGuide } from '../source.ts'

const QUERY =
  'query($endCursor: String) { repository(owner: "OWNER", name: "REPO") { discussions(first: 25, after: $endCursor) { pageInfo { hasNextPage endCursor } nodes { url title body createdAt author { __typename login } category { name isAnswerable } answer { url } answerChosenAt answerChosenBy { login } comments(first: 100) { totalCount nodes { url body createdAt deletedAt author { __typename login } replies(first: 100) { totalCount nodes { url body createdAt deletedAt author { __typename login } } } } } } } } }'

export const GITHUB_GUIDE: SourceGuide = {
  files: 'JSON files saved from the API',
  how_to_get: [
    'Install GitHub’s command line tool from cli.github.com and sign in with: gh auth login',
    `Discussions: gh api graphql --paginate -f query='${QUERY}' > discussions.json`,
    'Issues and pull requests: gh api --paginate "repos/OWNER/REPO/issues?state=all&per_page=100" > issues.json',
    'Their comments: gh api --paginate "repos/OWNER/REPO/issues/comments?per_page=100" > issue-comments.json',
    'Comments of reviews: gh api --paginate "repos/OWNER/REPO/pulls/comments?per_page=100" > review-comments.json',
    'Drop all files at once; those of several repositories may lie together.',
  ],
  reads: [
    'A discussion in a category that takes answers: a question. In the category Announcements: news. In others: what its text says it is.',
    'The answer that was chosen: accepted, at the time it was chosen and by whom.',
    'An issue: what its text says it is; a question where a label says question or support.',
    'A pull request: work; its comments and reviews are replies to it.',
    'Every comment: a reply in its thread, to the comment it answers where GitHub says so.',
    'Accounts of type Bot and those that end in [bot] count as bots. Deleted accounts are nobody.',
  ],
  cannot: [
    'Who joined and who left: GitHub knows no membership of a repository’s community. A person is first seen when they first write.',
    'Reactions: the files hold how many, not by whom.',
    'Edits: a text is read as it is now. One imported before with another text is listed as a conflict and left as it was.',
    'An accepted answer of an issue: there is none, so only discussions have accepted answers.',
  ],
  says_questions: false,
}
