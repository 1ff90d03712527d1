export { SottoError, type ErrorDetail } from './sotto-error.ts'
