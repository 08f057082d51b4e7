import { Checkbox, Radio } from '@mantine/core'
import { MAX_STORIES } from '../../../shared/contract/report-settings.ts'
import type { ReportStory } from '../../../shared/contract/value-report.ts'
import { formatDay, sayCount } from '../../../shared/format.ts'
import classes from './draft.module.css'

type Props = {
  stories: readonly ReportStory[]
  /** Null: the report chooses by itself. */
  chosen: readonly string[] | null
  onChange: (chosen: string[] | null) => void
}

/** Which stories stand in the report. A chosen one that may not be shown any more is not among those offered, and is left out. */
export const StoryChoice = ({ stories, chosen, onChange }: Props) => {
  if (stories.length === 0)
    return (
      <div>
        <p className="strong">Stories</p>
        <p className="measure quiet">
          No member has told one yet that may be shown. Stories come from members who are asked whether an answer helped, and who allow
          theirs to be shown.
        </p>
      </div>
    )
  const kept = chosen?.filter((key) => stories.some((story) => story.key === key)) ?? null
  const isFull = kept !== null && kept.length >= MAX_STORIES
  return (
    <>
      <Radio.Group
        label="Stories"
        labelProps={{ className: 'strong', mb: 8 }}
        value={kept === null ? 'newest' : 'chosen'}
        onChange={(value) => onChange(value === 'newest' ? null : [])}
      >
        <div className="stack-tight">
          <Radio value="newest" label={`The newest ones, up to ${sayCount(MAX_STORIES)}`} />
          <Radio value="chosen" label={`Those that I choose, up to ${sayCount(MAX_STORIES)}; none chosen, none shown`} />
        </div>
      </Radio.Group>
      {kept === null ? null : (
        <ul className={classes.stories}>
          {stories.map((story) => (
            <li key={story.key} className={classes.story}>
              <Checkbox
                checked={kept.includes(story.key)}
                disabled={isFull && !kept.includes(story.key)}
                onChange={(event) => onChange(event.currentTarget.checked ? [...kept, story.key] : kept.filter((key) => key !== story.key))}
                label={<bdi>“{story.text}”</bdi>}
                description={
                  <>
                    <bdi>{story.by}</bdi>, {formatDay(story.on)}
                    {story.is_shortened ? ', shortened' : ''}
                  </>
                }
              />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
