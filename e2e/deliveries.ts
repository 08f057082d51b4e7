/** Deliveries as Discourse and GitHub send them, what is not read left out, for tests; and the same things as an archive has them. */

const OTHER_FIELDS = { avatar_template: '/a.png', quote_count: 0, reads: 3, score: 1.2, version: 1, trust_level: 2, wiki: false }

/** A post as WebHookPostSerializer of Discourse writes it. */
export const webhookPost = (id: number, number: number, more: Record<string, unknown> = {}) => ({
  id,
  name: number % 2 === 1 ? 'Ana Pérez' : 'Ben',
  username: number % 2 === 1 ? 'ana' : 'ben',
  created_at: `2026-03-01T10:${String(number).padStart(2, '0')}:00.123Z`,
  updated_at: `2026-03-01T10:${String(number).padStart(2, '0')}:00.123Z`,
  cooked: `<p>Post ${id}, where is the seal?</p>`,
  raw: `Post ${id}, where is the seal?`,
  post_number: number,
  post_type: 1,
  reply_to_post_number: null,
  topic_id: 7,
  topic_slug: 'which-seal',
  topic_title: 'Which seal for hot oil?',
  category_id: 5,
  category_slug: 'pump-help',
  topic_archetype: 'regular',
  user_id: number % 2 === 1 ? 41 : 42,
  hidden: false,
  deleted_at: null,
  user_deleted: false,
  accepted_answer: false,
  ...OTHER_FIELDS,
  ...more,
})

/** The same posts as /t/7.json gives them: without raw, and without what only a webhook says of their topic. */
export const archivedTopic = (posts: readonly Record<string, unknown>[], more: Record<string, unknown> = {}) => ({
  post_stream: {
    posts: posts.map(({ raw, topic_title, category_id, category_slug, topic_archetype, ...post }) => post),
    stream: posts.map(({ id }) => id),
  },
  id: 7,
  title: 'Which seal for hot oil?',
  posts_count: posts.length,
  category_id: 5,
  archetype: 'regular',
  ...more,
})
export const archivedSite = { categories: [{ id: 5, name: 'Pump help', slug: 'pump-help', topic_count: 3, read_restricted: false }] }

const WEB = 'https://github.com/Acme/pumps'
const user = (login: string) => ({ login, id: login.length, type: 'User', html_url: `https://github.com/${login}` })
const REPOSITORY = { id: 1, name: 'pumps', full_name: 'Acme/pumps', html_url: WEB }
const sent = (body: Record<string, unknown>) => ({ ...body, repository: REPOSITORY, sender: user('ana') })

const discussion = {
  repository_url: 'https://api.github.com/repos/Acme/pumps',
  category: { id: 3, name: 'Q&A', slug: 'q-a', is_answerable: true, created_at: '2021-03-30T16:09:00.000-04:00' },
  answer_html_url: null,
  answer_chosen_at: null,
  answer_chosen_by: null,
  html_url: `${WEB}/discussions/4`,
  id: 3299614,
  number: 4,
  title: 'Which seal?',
  user: user('ana'),
  created_at: '2026-03-01T10:00:00Z',
  updated_at: '2026-03-04T10:00:00Z',
  body: 'For hot oil\r\n',
}
const comment = (id: number, login: string, parent: number | null) => ({
  id,
  html_url: `${WEB}/discussions/4#discussioncomment-${id}`,
  parent_id: parent,
  discussion_id: 3299614,
  user: user(login),
  created_at: '2026-03-02T10:00:00Z',
  body: `Comment ${id}`,
})
const chosen = {
  answer_html_url: `${WEB}/discussions/4#discussioncomment-50`,
  answer_chosen_at: '2026-03-05T06:00:00.000-04:00',
  answer_chosen_by: user('ana'),
}
const issue = {
  url: 'https://api.github.com/repos/Acme/pumps/issues/9',
  html_url: `${WEB}/issues/9`,
  number: 9,
  title: 'It leaks',
  user: user('cara'),
  labels: [],
  comments: 0,
  created_at: '2026-03-03T10:00:00Z',
  body: 'See [the log](https://x.org)',
}
const issueComment = {
  html_url: `${WEB}/issues/9#issuecomment-77`,
  issue_url: issue.url,
  id: 77,
  user: user('dependabot[bot]'),
  created_at: '2026-03-03T11:00:00Z',
  body: 'Fixed',
}

/** [X-GitHub-Event, body] */
export const GITHUB_DELIVERIES: readonly (readonly [string, Record<string, unknown>])[] = [
  ['discussion', sent({ action: 'created', discussion })],
  ['discussion_comment', sent({ action: 'created', discussion, comment: comment(50, 'ben', null) })],
  ['discussion_comment', sent({ action: 'created', discussion, comment: comment(51, 'ana', 50) })],
  ['discussion', sent({ action: 'answered', discussion: { ...discussion, ...chosen }, answer: comment(50, 'ben', null) })],
  ['issues', sent({ action: 'opened', issue })],
  ['issue_comment', sent({ action: 'created', issue, comment: issueComment })],
]
export const GITHUB_UNANSWERED = sent({
  action: 'unanswered',
  discussion: { ...discussion, updated_at: '2026-03-06T10:00:00Z' },
  old_answer: comment(50, 'ben', null),
})
export const GITHUB_COMMENT_DELETED = sent({ action: 'deleted', discussion, comment: comment(51, 'ana', 50) })

/** The same, as GraphQL and REST give them. */
export const GITHUB_ARCHIVE = {
  'discussions.json': {
    data: {
      repository: {
        discussions: {
          nodes: [
            {
              url: discussion.html_url,
              title: discussion.title,
              body: discussion.body,
              createdAt: discussion.created_at,
              author: { __typename: 'User', login: 'ana' },
              category: { name: 'Q&A', isAnswerable: true },
              answer: { url: chosen.answer_html_url },
              answerChosenAt: '2026-03-05T10:00:00Z',
              answerChosenBy: { login: 'ana' },
              comments: {
                nodes: [
                  {
                    url: comment(50, 'ben', null).html_url,
                    body: 'Comment 50',
                    createdAt: '2026-03-02T10:00:00Z',
                    author: { login: 'ben' },
                    replies: {
                      nodes: [
                        {
                          url: comment(51, 'ana', 50).html_url,
                          body: 'Comment 51',
                          createdAt: '2026-03-02T10:00:00Z',
                          author: { login: 'ana' },
                        },
                      ],
                    },
                  },
                ],
              },
            },
          ],
        },
      },
    },
  },
  'issues.json': [{ ...issue, comments: 1, labels: [{ name: 'question' }] }],
  'comments.json': [issueComment],
}
