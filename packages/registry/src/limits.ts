/** The largest file, answer or page about nodes that is looked at. Spec 70 §6.1, F16. */
export const maxRegistryBytes = 8 * 1024 * 1024
/** The most nodes of one list. */
export const maxNodes = 10_000
/** The most signatures of one file. */
export const maxSignatures = 64
/** The most capabilities of one node, and the most bytes of each. Spec 21 §5. */
export const maxCapabilities = 32
/** See {@link maxCapabilities}. */
export const maxCapabilityBytes = 64
/** The most registered names of one list. */
export const maxNames = 50_000
/** The most parameters that a list changes; their names have at most 64 bytes. */
export const maxParameters = 64
/** The most bytes of a network id. */
export const maxNetworkIdBytes = 64
