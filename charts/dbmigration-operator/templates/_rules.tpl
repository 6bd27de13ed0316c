{{- /* What the operator may do in a namespace that it watches: the verbs that its code uses, and no more. */ -}}
{{- define "dbmigration.rules" -}}
- apiGroups: [dbmigration.dev]
  resources: [databasemigrations]
  verbs: [list, watch]
- apiGroups: [dbmigration.dev]
  resources: [migrationverifications]
  verbs: [get, list, watch, create, update, delete]
- apiGroups: [dbmigration.dev]
  resources: [databasemigrations/status, migrationverifications/status]
  verbs: [update]
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list, watch, create, delete]
{{- if .Values.rbac.podLogs }}
- apiGroups: [""]
  resources: [pods/log]
  verbs: [get]
{{- end }}
- apiGroups: [""]
  resources: [configmaps]
  verbs: [get, list, watch, create, delete]
- apiGroups: [""]
  resources: [events]
  verbs: [list, create]
{{- end -}}
