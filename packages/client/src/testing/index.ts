export { type ContractCase, sqlDatabaseContract, type SqlDatabaseFixture } from './sql-database-contract.ts'
