{{- define "dbmigration.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "dbmigration.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" -}}
{{- else if contains (include "dbmigration.name" .) .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "dbmigration.name" .) | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- /* A name of an object that belongs to the whole cluster: one for each release. */ -}}
{{- define "dbmigration.clusterName" -}}
{{- if eq .Release.Namespace (include "dbmigration.fullname" .) -}}
{{- include "dbmigration.fullname" . -}}
{{- else -}}
{{- printf "%s-%s" .Release.Namespace (include "dbmigration.fullname" .) -}}
{{- end -}}
{{- end -}}

{{- define "dbmigration.serviceAccount" -}}
{{- default (include "dbmigration.fullname" .) .Values.serviceAccount.name -}}
{{- end -}}

{{- define "dbmigration.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{- define "dbmigration.selector" -}}
app.kubernetes.io/name: {{ include "dbmigration.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "dbmigration.labels" -}}
{{ include "dbmigration.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- /* Whether a part is to be created: (list $ "WhereServed" "group/version/Kind"); empty: no. */ -}}
{{- define "dbmigration.wanted" -}}
{{- $root := index . 0 -}}
{{- if or (eq (index . 1) "Always") (and (eq (index . 1) "WhereServed") ($root.Capabilities.APIVersions.Has (index . 2))) -}}
yes
{{- end -}}
{{- end -}}
