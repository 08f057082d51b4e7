/** One step of ForceAtlas2 on flat arrays: ten numbers a node, three an edge. The package types only what needs its own worker. */
declare module 'graphology-layout-forceatlas2/iterate.js' {
  type Settings = {
    linLogMode: boolean
    outboundAttractionDistribution: boolean
    adjustSizes: boolean
    edgeWeightInfluence: number
    scalingRatio: number
    strongGravityMode: boolean
    gravity: number
    slowDown: number
    barnesHutOptimize: boolean
    barnesHutTheta: number
  }
  const iterate: (settings: Settings, nodes: Float32Array, edges: Float32Array) => unknown
  export default iterate
}
