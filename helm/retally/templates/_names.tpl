{{- /* The name of a job's cluster; takes root and name. Flink allows 45 characters. */ -}}
{{- define "retally.cluster" -}}
{{- $name := printf "%s-%s" .root.Release.Name .name -}}
{{- if gt (len $name) 45 }}{{ fail (printf "Flink allows 45 characters in a cluster's name, and %q has %d: choose a release name of at most %d" $name (len $name) (sub 44 (len .name))) }}{{ end -}}
{{- $name -}}
{{- end }}

{{- define "retally.repProgress" -}}
{{- include "retally.cluster" (dict "root" . "name" "rep-progress") -}}
{{- end }}

{{- define "retally.serviceAccount" -}}
{{- if .Values.serviceAccount.name }}{{ .Values.serviceAccount.name }}
{{- else if .Values.serviceAccount.create }}{{ .Release.Name }}-flink
{{- else }}{{ fail "serviceAccount.create is false: name an existing account in serviceAccount.name" }}
{{- end -}}
{{- end }}

{{- define "retally.labels" -}}
{{ include "retally.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- /* What does not change with a version. */ -}}
{{- define "retally.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
