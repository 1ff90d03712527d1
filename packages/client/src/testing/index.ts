export { channelPair } from './channel-pair.ts'
export { accountFilesContract, type AccountFilesCase, type AccountFilesFixture } from './account-files-contract.ts'
export { blobFolderContract, type BlobFolderCase, type BlobFolderFixture } from './blob-folder-contract.ts'
export { type ContractCase, sqlDatabaseContract, type SqlDatabaseFixture } from './sql-database-contract.ts'
