import type { WorkedExample as Example } from '../../../shared/contract/metric.ts'
import classes from './definitions.module.css'

/** A number worked out by hand: a small table, the steps, and what the program makes of the same. */
export const WorkedExample = ({ example, title }: { example: Example; title: string }) => (
  <section className={classes.example} aria-label={`Repeat it by hand: ${title}`}>
    <h4 className="small strong">Repeat it by hand</h4>
    <p className="small measure">{example.given}</p>
    <table className={`data-table ${classes.exampleTable}`}>
      <thead>
        <tr>
          {example.columns.map((column) => (
            <th key={column} scope="col">
              {column === '' ? <span className="visually-hidden">What</span> : column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {example.rows.map((row) => (
          <tr key={row[0]}>
            {row.map((cell, i) =>
              i === 0 ? (
                <th key="name" scope="row">
                  {cell}
                </th>
              ) : (
                <td key={example.columns[i]}>{cell}</td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
    <ol className={`small measure ${classes.steps}`}>
      {example.steps.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
    <p className="small">
      So the page shows: <span className="strong">{example.result}</span>
    </p>
  </section>
)
