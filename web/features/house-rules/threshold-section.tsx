import { useQuery } from '@tanstack/react-query'
import { countOf } from '../../../shared/format.ts'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import classes from './house-rules.module.css'
import type { SectionProps } from './section.ts'
import { thresholdsQuery } from './settings-queries.ts'
import { GROUP_WORDS, groupThresholds } from './threshold-groups.ts'
import { ThresholdRow } from './threshold-row.tsx'

/** Every number by which the community is judged, under the rule that asks it. */
export const ThresholdSection = (props: SectionProps) => {
  const { data, error, refetch } = useQuery(thresholdsQuery(props.slug))
  if (data === undefined)
    return error ? <CardProblem what="The thresholds" error={error} onRetry={() => void refetch()} /> : <Waiting heights={[640]} />
  const own = data.thresholds.filter((one) => one.set_at !== null).length
  return (
    <section className="card stack-tight" aria-labelledby="thresholds">
      <h2 className="title" id="thresholds">
        Thresholds
      </h2>
      <p className="measure">
        No published source gives a validated cut-off between a community and a blog. So each of these is a house rule: the default is our
        judgement, and {props.isManager ? 'you may set another' : 'the community’s manager may set another'}. The rules are asked in this
        order (a workgroup by its talk after newsletter), and the first that holds is the verdict.
      </p>
      <p className="measure">
        {own === 0 ? 'All of them are at their defaults.' : `${countOf(own, 'threshold')} of this community’s own.`} Changing one judges the
        whole history anew, and every verdict says which thresholds are the community’s own.
      </p>
      {groupThresholds(data.thresholds).map(({ group, settings }) => (
        <section key={group} className={classes.group} aria-labelledby={`group-${group}`}>
          <h3 className={classes.groupTitle} id={`group-${group}`}>
            {GROUP_WORDS[group].title}
          </h3>
          <p className="quiet small measure">{GROUP_WORDS[group].says}</p>
          <ul className={classes.rows}>
            {settings.map((setting) => (
              <ThresholdRow key={setting.id} {...props} setting={setting} />
            ))}
          </ul>
        </section>
      ))}
    </section>
  )
}
