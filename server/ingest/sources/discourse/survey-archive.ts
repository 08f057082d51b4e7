import { isObject, type JsonObject, listOf, objectOf, textOf, wholeOf } from '../json-fields.ts'
import { PostIndex } from './post-index.ts'
import { channelOf, type TopicFacts } from './read-post.ts'

/** Topics whose title and category are remembered, some 60 MB at most; our judgement. Posts of later ones are read without. */
const MAX_TOPICS = 150_000

type Topic = { title: string | null; category_id: number | null; is_private: boolean; named: number; held: number; accepted: number | null }

/** What stands where in an archive, found by reading it once before: a reply may come before the post it answers, and a topic behind its posts. */
export class ArchiveSurvey {
  readonly posts = new PostIndex()
  /** Some file says of posts or topics whether they are the accepted answer. */
  hasSolved = false
  private readonly topics = new Map<number, Topic>()
  private readonly slugs = new Map<number, string>()

  note(item: JsonObject): void {
    if (isPost(item)) this.notePost(item)
    else if (isTopic(item)) this.noteTopic(item)
    else if (isCategory(item)) this.noteCategory(item)
  }

  /** A topic as a whole, its posts not among it. */
  noteTopic(topic: JsonObject): void {
    const id = wholeOf(topic.id)
    if (id === null) return
    // some versions of Solved let a topic have several
    const accepted = objectOf(topic.accepted_answer) ?? objectOf(listOf(topic.accepted_answers)[0])
    if ('accepted_answer' in topic || 'accepted_answers' in topic || 'has_accepted_answer' in topic) this.hasSolved = true
    const known = this.topicOf(id)
    if (known === null) return
    known.title ??= textOf(topic.title)
    known.category_id ??= wholeOf(topic.category_id)
    known.is_private ||= topic.archetype === 'private_message'
    known.named = Math.max(known.named, listOf(topic['post_stream/stream'] ?? objectOf(topic.post_stream)?.stream).length)
    known.accepted ??= wholeOf(accepted?.post_number)
  }

  /** What is known of the topic of a post, the post's own words where the topic is not there. */
  factsOf(post: JsonObject): TopicFacts {
    const topicId = wholeOf(post.topic_id)
    const topic = topicId === null ? undefined : this.topics.get(topicId)
    const categoryId = topic?.category_id ?? wholeOf(post.category_id)
    const slug = categoryId === null ? null : (this.slugs.get(categoryId) ?? textOf(post.category_slug))
    return {
      title: topic?.title ?? textOf(post.topic_title),
      channel: channelOf(categoryId, slug),
      is_private: topic?.is_private ?? false,
    }
  }

  /** Whether one of its posts is known to be accepted. */
  isSolved(topicId: number): boolean {
    return (this.topics.get(topicId)?.accepted ?? null) !== null
  }

  isAccepted(topicId: number, postNumber: number): boolean {
    return this.topics.get(topicId)?.accepted === postNumber
  }

  /** Posts that topics name and no file holds. */
  missing(): { topics: number; posts: number } {
    const missing = { topics: 0, posts: 0 }
    for (const { named, held } of this.topics.values())
      if (named > held) {
        missing.topics++
        missing.posts += named - held
      }
    return missing
  }

  private notePost(post: JsonObject): void {
    const id = wholeOf(post.id)
    const topicId = wholeOf(post.topic_id)
    const number = wholeOf(post.post_number)
    if ('accepted_answer' in post) this.hasSolved = true
    if (id === null || topicId === null || number === null) return
    const isNew = this.posts.add(topicId, number, id)
    const topic = this.topicOf(topicId)
    if (topic === null) return
    if (isNew) topic.held++
    topic.title ??= textOf(post.topic_title)
    topic.category_id ??= wholeOf(post.category_id)
    if (post.accepted_answer === true) topic.accepted ??= number
    if (post.topic_archetype === 'private_message') topic.is_private = true
  }

  private noteCategory(category: JsonObject): void {
    const id = wholeOf(category.id)
    const slug = textOf(category.slug)
    if (id !== null && slug !== null) this.slugs.set(id, slug)
    for (const inner of listOf(category.subcategory_list)) if (isObject(inner)) this.noteCategory(inner)
  }

  private topicOf(id: number): Topic | null {
    const known = this.topics.get(id)
    if (known !== undefined) return known
    if (this.topics.size >= MAX_TOPICS) return null
    const topic: Topic = { title: null, category_id: null, is_private: false, named: 0, held: 0, accepted: null }
    this.topics.set(id, topic)
    return topic
  }
}

export const isPost = (item: JsonObject): boolean => 'post_number' in item && ('cooked' in item || 'raw' in item)
/** The name of the list of posts, where it is read element by element, is left among the names beside it. */
export const isTopic = (item: JsonObject): boolean => 'posts_count' in item && 'title' in item && !isPost(item)
export const isCategory = (item: JsonObject): boolean => 'slug' in item && ('topic_count' in item || 'read_restricted' in item)
/** Of the admin's list of users; the users beside a list of topics have no time. */
export const isMember = (item: JsonObject): boolean => 'username' in item && 'created_at' in item && 'trust_level' in item && !isPost(item)
