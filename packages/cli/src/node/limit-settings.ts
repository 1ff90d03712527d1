import { type NodeLimits, productionLimits } from '@sotto/node'
import { defaultListenerLimits } from '@sotto/server'
import { defaultLinkLimits } from '@sotto/transport'
import { limitGroups } from '../limit-groups.ts'

const groups = limitGroups<NodeLimits>({
  ...productionLimits,
  listener: { ...defaultListenerLimits, ...productionLimits.listener },
  links: { ...defaultLinkLimits, ...productionLimits.links },
})

/** A setting for every limit of a node, by names such as `clients-onion-rate`. */
export const limitSettings = groups.settings

/** The limits that settings say. */
export const limitsOf = groups.read

/** Settings for a configuration file: those of the limits that are not as usual. */
export const changedLimits = groups.changed
